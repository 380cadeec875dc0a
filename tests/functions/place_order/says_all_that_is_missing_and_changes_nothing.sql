select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 5), tests.item('taken'), tests.item('line', 2), tests.item('late'), tests.item('shown', p_for_sale => false), tests.item('limited', 5);
select tests.drop_of('1 hour', null, 'late');
select from apartado.set_policy(null, 'two', '{"item_limit": 2}', apartado.item_id('limited'));
select tests.held('taken', 'ben'), tests.held('line', 'ben');
select from apartado.join_queue('cai', apartado.item_id('line'), 2);
create function pg_temp.lines(variadic p_skus text[]) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id(s), 'quantity', case s when 'limited' then 3 else 1 end) order by n) from unnest(p_skus) with ordinality u (s, n)
$$;
create function pg_temp.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform from apartado.place_order('ana', p_lines => pg_temp.lines('disc', 'taken', 'line', 'late', 'shown', 'limited'));
  return 'placed';
exception
  when sqlstate 'RS301' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return regexp_replace(v_detail, 'item \d+', 'item n', 'g');
end;
$$;
select matches(pg_temp.detail(), 'missing: line 2 item n RS301; line 3 item n RS306; line 4 item n RS307; line 5 item n RS309; line 6 item n RS501', 'each that cannot be had');
select tests.refuses(format($$select * from apartado.place_order('ana', p_lines => pg_temp.lines('disc', %L))$$, s), c, 'lines', s)
  from (values ('taken', 'RS301'), ('line', 'RS306'), ('late', 'RS307'), ('shown', 'RS309'), ('limited', 'RS501/item')) x (s, c);
select tests.refuses($$select * from apartado.place_order('cai', p_lines => pg_temp.lines('line'))$$, 'RS303', 'lines', 'not even who is first, for less than they wait for');
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines('disc') || '{"item": 0}')$$, 'RS101', 'lines', 'unknown');
select tests.commits();
