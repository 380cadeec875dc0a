select plan(11);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('short', 2), tests.item('taken'), tests.item('offer', 2), tests.item('dear', 3), tests.item('limited', 5);
select from apartado.set_policy(null, 'offers', '{"promotion": "offer", "fit": "partial"}', apartado.item_id('offer'));
select from apartado.set_policy(null, 'two', '{"item_limit": 2, "active_limit": 4}', apartado.item_id('limited'));
select tests.held('short', 'ana', 'ben'), tests.held('taken', 'ben'), tests.held('offer', 'ben', 'cai'), tests.held('dear', 'ana'), tests.held('limited', 'ana');
select from apartado.join_queue('ana', apartado.item_id('offer'), 2);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'offer'));
update apartado.items set price = 20 where sku = 'dear';
create function pg_temp.lines(p_each integer, variadic p_skus text[]) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id(s), 'quantity', p_each) order by n) from unnest(p_skus) with ordinality u (s, n)
$$;
create function pg_temp.detail(p_lines jsonb) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform from apartado.place_order('ana', p_lines => p_lines);
  return 'placed';
exception
  when sqlstate 'RS000' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return regexp_replace(v_detail, 'item(:?) \d+', 'item\1 n', 'g');
end;
$$;
select is((select status from apartado.get_status('ana', apartado.item_id('offer'))), 'offered', 'one of the two that she waits for');
select is(pg_temp.detail(pg_temp.lines(2, 'short', 'taken', 'offer', 'dear', 'limited')), 'available: 0, item: n, line: 1, missing: line 1 item n RS301; line 2 item n RS301; line 3 item n RS301; line 4 item n RS312, queue_length: 0, requested: 1, reserved: 2', 'all that is missing, and the rest of the first');
select tests.refuses(format($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(%s, %L))$$, n, s), c, 'lines', s)
  from (values (2, 'short', 'RS301/held'), (2, 'offer', 'RS301/held'), (2, 'dear', 'RS312/price'), (3, 'limited', 'RS501/item')) x (n, s, c);
select from apartado.join_queue('cai', apartado.item_id('short'), 1);
select tests.refuses($$select * from apartado.place_order('ana', p_lines => pg_temp.lines(2, 'short'))$$, 'RS301/held', 'lines', 'nor where somebody waits');
select from apartado.add_to_cart('ana', apartado.item_id('short'), 2);
select tests.refuses($$select * from apartado.place_order('ana')$$, 'RS301/held', 'lines', 'of the cart, too');
select is(pg_temp.detail(pg_temp.lines(2, 'limited')), 'placed', 'a limit counts what she holds once');
select is(pg_temp.detail(pg_temp.lines(1, 'short', 'offer', 'dear')), 'placed', 'and what she has is hers, at the price that was frozen');
select tests.commits();
