select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2), tests.item('tape', 2);
update apartado.policies set fit = 'partial' where name = 'default';
select from apartado.set_policy(null, 'offers', '{"promotion": "offer", "fit": "partial"}', apartado.item_id('disc'));
select tests.held('disc', 'ben', 'cai'), tests.held('tape', 'cai');
select from apartado.reserve('ben', apartado.item_id('tape'), p_ttl => '60 s');
select apartado.join_queue('ana', apartado.item_id(s), 2) from unnest('{disc,tape}'::text[]) s;
select from apartado.cancel_reservation('ben', tests.reservation('ben', 'disc'));
select tests.advance('2 minutes');
create function pg_temp.lines(p_each integer, variadic p_skus text[]) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('item', apartado.item_id(s), 'quantity', p_each) order by n) from unnest(p_skus) with ordinality u (s, n)
$$;
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.lines(2, 'disc'))$$, 'RS301', 'lines', 'one of the two is offered');
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.lines(2, 'tape'))$$, 'RS301', 'lines', 'nor what she is promoted to in this moment');
select tests.refuses($$select * from apartado.reserve_many('ana', pg_temp.lines(1, 'disc', 'disc'))$$, 'RS301', 'lines', 'lines of one item are one');
select is(tests.stock('disc') || ' / ' || tests.stock('tape'), '0 free, 2 held, 0 sold, 0 waiting / 0 free, 2 held, 0 sold, 1 waiting', 'nothing was done');
select is((select string_agg(concat_ws(' ', outcome, quantity), ', ' order by line) from apartado.reserve_many('ana', pg_temp.lines(1, 'disc', 'tape'))), 'reserved 1, reserved 1', 'for as many as there are they are taken');
select is(tests.holders('disc'), 'cai 1, ana 1', 'the disc is hers');
select is(tests.holders('tape'), 'cai 1, ana 1', 'and the tape');
select tests.commits();
