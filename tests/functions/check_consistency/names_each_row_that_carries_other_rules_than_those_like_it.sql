select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.item('a'), tests.item('b'), tests.item('c'), tests.item('d');
select from apartado.set_policy(null, 'short', '{"hold": 60}', p_item => apartado.item_id('d'));
set constraints all immediate;
set constraints all deferred;
create function tests.named(p_damage text) returns text language plpgsql as $$
declare
  v_named text;
begin
  begin
    set local session_replication_role = replica;
    execute p_damage;
    set local session_replication_role = origin;
    select string_agg(i.sku, ' ' order by i.sku) into v_named
      from apartado.check_consistency() c
      join apartado.stock s on c.subject = 'stock ' || s.stock_id
      join apartado.items i on i.item_id = s.item_id
     where c.rule = 'stock carries the rules of its item';
    raise sqlstate 'ZZ000';
  exception when sqlstate 'ZZ000' then null;
  end;
  return v_named;
end;
$$;
select is(tests.named(format('update apartado.stock set hold = ''1 hour'' where item_id = apartado.item_id(%L)', sku)), sku, sku || ' alone is named') from (values ('a'), ('b'), ('c'), ('d')) v (sku);
select is(tests.named('update apartado.stock set hold = ''1 hour'''), 'a b c d', 'all where all are wrong, alike or not');
select is(tests.named('update apartado.items set price = 77 where sku = ''b'''), 'b', 'an item that is no longer like the others');
select is((select array_agg(cardinality(stock_ids) order by cardinality(stock_ids)) from apartado._alike(array(select stock_id from apartado.stock))), '{1,3}', 'the rules of three that are alike are worked out once');
select is_empty($$
  select x.name
    from (values ('_rules'), ('_policy_layers')) f (name)
   cross join lateral regexp_matches(pg_get_functiondef(('apartado.' || f.name)::regproc), '\m(i|l)\.(\w+)', 'g') m
   cross join lateral (select array_to_string(m, '.') as name) x
   where x.name not in ('i.item_id', 'i.sku', 'l.location_id', 'l.code', 'l.drop_id', 'l.drawn_at', 'l.layer')
     and pg_get_functiondef('apartado._alike'::regproc) !~ ('\m' || x.name || '\M')$$, 'whatever the rules read of an item or a location makes it unlike others');
