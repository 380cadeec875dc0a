select plan(7);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('tape', 5), tests.item('disc', 2);
select from apartado.set_policy(null, 'offers', '{"promotion": "offer", "fit": "partial"}', apartado.item_id('disc'));
select tests.held('disc', 'ben', 'cai');
select from apartado.join_queue('ana', apartado.item_id('disc'), 2);
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{tape,disc}'::text[]) s;
create function pg_temp.detail() returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform from apartado.checkout('ana');
  return 'checked out';
exception
  when sqlstate 'RS301' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return regexp_replace(v_detail, 'item: \d+', 'item: n');
end;
$$;
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS301', 'lines', 'one of two is not all');
select is(pg_temp.detail(), 'item: n, line: 2, offered: 1, requested: 2', 'which line, and how many there are');
select is(tests.cart('ana'), '2 tape, 2 disc', 'all stays in the cart');
select from apartado.change_cart_line('ana', apartado.item_id('disc'), 1);
select is((select string_agg(concat_ws(' ', outcome, quantity), ', ' order by line) from apartado.checkout('ana')), 'reserved 2, reserved 1', 'for what is offered it is taken');
select is(tests.cart('ana'), 'nothing', 'and out of the cart');
select is(tests.holders('disc'), 'cai 1, ana 1', 'it is hers');
select tests.commits();
