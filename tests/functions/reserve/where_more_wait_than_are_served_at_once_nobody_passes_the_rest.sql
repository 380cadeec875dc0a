select plan(13);
select tests.freeze('2030-01-01 12:00Z');
-- three at once, in place of 2,000
do $$
begin
  execute replace(pg_get_functiondef('apartado._serve'::regproc), '2000', '3');
  execute replace(pg_get_functiondef('apartado._next_in_line'::regproc), '2000', '3');
end;
$$;
select tests.member(a) from unnest(tests.aliases(0, 20)) a;
select tests.members('late', 'soon'), tests.item('disc');
select tests.held('disc', 'm00'), tests.waiting('disc', variadic tests.aliases(1, 20));
select is((promoted, available, queue_length), (3, 22, 17), 'a delivery serves the first, and leaves the rest to the next command or the job')
  from apartado.adjust_stock(null, apartado.item_id('disc'), 25, 'delivery');
select is(status, 'reserved_by_others', 'what is free is not free to a passer-by') from apartado.get_status('late', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.reserve('late', apartado.item_id('disc'))$$, 'RS306', 'quantity', 'who is told so');
select is(code, 'RS306', 'and why') from apartado.explain_reserve('late', apartado.item_id('disc'));
select tests.refuses($$select * from apartado.place_order('late', p_lines => jsonb_build_array(jsonb_build_object('item', apartado.item_id('disc'))))$$, 'RS306', 'lines', 'nor is it sold to them');
select is((outcome, "position"), ('queued'::text, 12::bigint), 'whoever lines up stands last') from apartado.reserve('late', apartado.item_id('disc'), p_ttl => '1 minute', p_if_unavailable => 'queue');
select is((select array_agg(distinct expires_at - reserved_at) from apartado.reservations), '{168:00:00}', 'and how long they want it is for themselves alone');
select is("position", 7::bigint, 'who joins knows their place, though others were served on the way') from apartado.join_queue('soon', apartado.item_id('disc'));
select is(tests.stock('disc'), '10 free, 16 held, 0 sold, 7 waiting', 'three by each who came, and three by each joining');
select is(tests.line('disc'), 'm16 m17 m18 m19 m20 late soon', 'nobody was overtaken');
select is((select sum(promoted) from generate_series(1, 4) n, apartado.expire_and_promote(n)), 7::numeric, 'the job serves the others');
select is(tests.stock('disc'), '3 free, 23 held, 0 sold, 0 waiting', 'all of them');
select tests.commits();
