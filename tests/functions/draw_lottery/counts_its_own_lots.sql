select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc'), tests.item('lp');
create temporary table d as select tests.lottery_of('1 hour', 'disc') as id, tests.lottery_of('1 hour', 'lp') as other;
select tests.waiting('disc', 'ana', 'ben'), tests.waiting('lp', 'cai');
select tests.advance('1 hour');
select tests.draw();
select is(lots, 2::bigint, 'and not those of another lottery') from d, apartado.draw_lottery(null, d.id);
