alter table apartado.member_turns
  drop column if exists barred;

drop function if exists apartado._take_turns_together(apartado.reserve_request[], timestamptz);
