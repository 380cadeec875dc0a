select plan(4);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 3), tests.item('tape'), tests.item('book', 2);
set constraints all immediate;
create function pg_temp.cart() returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', i.item_id) order by i.item_id) from apartado.items i
$$;
select lives_ok($$select * from apartado.reserve_many('ana', pg_temp.cart())$$);
select lives_ok($$select * from apartado.reserve_many('ben', pg_temp.cart(), 'best_effort')$$);
select lives_ok($$select * from apartado.reserve_many('cai', pg_temp.cart(), 'reserve_or_queue')$$);
set constraints all deferred;
select tests.commits();
