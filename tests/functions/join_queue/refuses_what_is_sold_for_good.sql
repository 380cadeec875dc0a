select plan(3);
select tests.members('ana', 'ben'), tests.item('single', p_restock => false), tests.item('stocked');
select from unnest('{single,stocked}'::text[]) s, apartado.mark_sold(null, apartado.item_id(s), p_buyer => 'ana');
select tests.refuses($$select * from apartado.join_queue('ben', apartado.item_id('single'))$$, 'RS305', 'item', 'a single copy');
select is((select "position" from apartado.join_queue('ben', apartado.item_id('stocked'))), 1::bigint, 'what may come again is waited for');
select tests.commits();
