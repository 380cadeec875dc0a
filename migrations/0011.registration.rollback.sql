drop table if exists apartado.invitations;
drop table if exists apartado.settings;
drop function if exists apartado.list_sessions(text);

alter table apartado.sessions
  drop constraint if exists session_device_name_is_short,
  drop column if exists device_name;
