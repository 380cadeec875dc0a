select plan(4);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 5), tests.item('tape', 5);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc', 'ana {"idempotency_key": "k"}', 'ben {"sku": "tape", "idempotency_key": "k"}'));
select is((select to_jsonb(r) from apartado.reserve('ben', apartado.item_id('tape'), p_idempotency_key => 'k') r),
          (select to_jsonb(a) - '{number,code,title,detail,hint,field}'::text[] from answers a where number = 2), 'reserve knows it');
select throws_ok($$select * from apartado.reserve('ana', apartado.item_id('tape'), p_idempotency_key => 'k')$$, 'RS310', null, 'with its item');
select is(tests.together('disc', 'cai', 'ana {"idempotency_key": "k"}', 'ben {"sku": "tape", "idempotency_key": "l"}'), '1 reserved', 'known, and held already: by themselves');
select is(tests.holders('disc') || '; ' || tests.holders('tape'), 'ana 1, cai 1; ben 1', 'once each');
