alter table apartado.members
  drop column if exists barred_reason;
