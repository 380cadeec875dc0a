-- depends: 0019.requests
-- Whether a member is barred stands on their turn, too, as their class does: a command takes the turn anyway, and had to read
-- the member again after it.

alter table apartado.member_turns
  add column if not exists barred boolean not null default false;

comment on column apartado.member_turns.barred is 'Whether members has a barred_at, carried here by a trigger, because a command takes this row anyway.';

update apartado.member_turns t
   set barred = true
  from apartado.members m
 where m.member_id = t.member_id
   and m.barred_at is not null;

-- it answers more now, and a function with another answer cannot take the place of the old one
drop function if exists apartado._take_turns_together(apartado.reserve_request[], timestamptz);
