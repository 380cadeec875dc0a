select plan(6);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select is_empty('select * from apartado.check_consistency()', 'all is well');
-- as where logical replication brought the rows
alter table apartado.members alter member_id restart;
alter table apartado.events alter event_id restart;
select is(string_agg(rule || ': ' || subject || ', ' || found, '; '),
          'no number is given twice: events.event_id, 0 were given; no number is given twice: members.member_id, 0 were given', 'named')
  from apartado.check_consistency();
select is(expected, (select max(member_id) from apartado.members) || ' or more', 'what it should be') from apartado.check_consistency() where subject = 'members.member_id';
select throws_ok($$insert into apartado.members (alias, secret_hash, created_at) select 'cai' || n, sha256('x'), now() from generate_series(1, (select max(member_id) from apartado.members)) n$$, '23505', null, 'whoever came next would be told that a key is taken');
do $$
declare
  v_repair text;
begin
  for v_repair in select c.repair from apartado.check_consistency() c loop
    execute v_repair;
  end loop;
end $$;
select is_empty('select * from apartado.check_consistency()', 'repaired');
select is(outcome, 'reserved', 'and the shop goes on') from apartado.reserve('ben', apartado.item_id('disc'));
