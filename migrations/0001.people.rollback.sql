drop table if exists apartado.bootstrap_secrets;
drop table if exists apartado.attempts;
drop table if exists apartado.sessions;
drop table if exists apartado.member_turns;
drop table if exists apartado.members;
