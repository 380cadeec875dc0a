select plan(7);
select tests.members('ana', 'ben'), tests.operator('olga');
create function pg_temp.turn(p_alias text) returns text language sql as
  'select concat_ws('' '', t.barred, t.class_id is not null) from apartado.member_turns t join apartado.members m using (member_id) where m.alias = p_alias';
select is(pg_temp.turn('ana'), 'f f', 'at first neither');
select apartado.bar_member('olga', 'ana', 'resells');
select is(pg_temp.turn('ana'), 't f', 'barred');
select apartado.unbar_member('olga', 'ana', 'we talked');
select is(pg_temp.turn('ana'), 'f f', 'and not any more');
insert into apartado.member_classes (code) values ('friends');
update apartado.members set class_id = (select class_id from apartado.member_classes limit 1), barred_at = clock_timestamp() where alias = 'ben';
select is(pg_temp.turn('ben'), 't t', 'both at once');
select is(pg_temp.turn('ana'), 'f f', 'nobody else');
select apartado.anonymise('olga', 'ana', 'asked us to');
select is((select count(*) from apartado.member_turns t join apartado.members m using (member_id) where t.barred <> (m.barred_at is not null))::integer, 0, 'as in members, for everybody');
insert into apartado.members (alias, secret_hash, created_at, barred_at) values ('cai', sha256('x'), clock_timestamp(), clock_timestamp());
select is(pg_temp.turn('cai'), 't f', 'from the beginning');
