select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('disc'), tests.item('tape'), tests.item('secret', p_visible => false);
create temporary table d as select tests.drop_of('0', null, 'disc') as id;
create temporary table s as select tests.lottery_of('1 hour', 'secret') as id;
create function pg_temp.verify(p_id bigint, p_sku text, p_more text default '') returns text language sql
  as $$ select format('select * from apartado.verify_lottery(null, %L, apartado.item_id(%L)%s)', p_id, p_sku, p_more) $$;
select tests.refuses(pg_temp.verify(id, 'disc'), 'RS312/not_drawn', 'drop', 'no lots are drawn') from d;
select tests.refuses(pg_temp.verify(id, 'tape'), 'RS106', 'drop', 'not of this drop') from d;
select tests.refuses(pg_temp.verify(0, 'disc'), 'RS106', 'drop', 'no drop');
select tests.refuses(pg_temp.verify(null, 'disc'), 'RS106', 'drop', 'null');
select tests.refuses(pg_temp.verify(id, 'disc'), 'RS106', 'drop', 'a drop of hidden items is not there') from s;
select tests.refuses(pg_temp.verify(id, 'secret'), 'RS101', 'item', 'nor are its items') from s;
select tests.refuses(pg_temp.verify(id, 'disc', ', ''nowhere'''), 'RS104', 'location', 'no such location') from d;
select tests.refuses(pg_temp.verify(id, 'disc', ', p_limit => 10001'), 'RS204', 'limit', 'too many at once') from d;
select tests.refuses(pg_temp.verify(id, 'disc', ', p_after => -1'), 'RS204', 'after', 'before the first') from d;
select tests.refuses(format('select * from apartado.verify_lottery(''nobody'', %s, apartado.item_id(''disc''))', id), 'RS103', 'member', 'no such member') from d;
