select plan(8);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('tape', 2), tests.item('gone'), tests.item('hard', 2);
select from apartado.set_policy(null, 'hard', '{"cart": "hard"}', apartado.item_id('hard'));
select apartado.add_to_cart('ana', apartado.item_id(s), 2) from unnest('{disc,tape,gone,hard}'::text[]) s;
select tests.held('tape', 'ben'), tests.held('gone', 'ben');
create function pg_temp.said(p_alias text, p_mode text) returns text language sql as $$
  select string_agg(concat_ws(' ', line, outcome, code, quantity, "position"), ', ' order by line) from apartado.checkout(p_alias, p_mode => p_mode)
$$;
select tests.refuses($$select * from apartado.checkout('ana')$$, 'RS301', 'lines', 'all or nothing is the default');
select is(tests.cart('ana'), '2 disc, 2 tape, 2 gone, 2 hard held', 'and nothing was done');
select is(pg_temp.said('ana', 'best_effort'), '1 reserved 2, 2 refused RS301 2, 3 refused RS301 2, 4 reserved 2', 'what can be had, and what is held already');
select is(tests.cart('ana'), '2 tape, 2 gone', 'the rest stays');
select is(tests.holders('disc') || ' / ' || tests.holders('hard'), 'ana 2 / ana 2', 'both are hers');
select is(pg_temp.said('ana', 'reserve_or_queue'), '1 queued 2 1, 2 queued 2 1', 'or she waits');
select is(tests.cart('ana'), 'nothing', 'and it is done');
select tests.commits();
