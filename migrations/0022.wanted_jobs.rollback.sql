alter table apartado.jobs
  drop column if exists wanted_since;
