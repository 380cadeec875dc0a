select plan(6);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 9);
create temporary table answers as
select * from apartado.reserve_together(tests.requests('disc',
  'ana {"idempotency_key": "k"}', 'ben {"idempotency_key": "k"}', 'ana {"idempotency_key": "k"}', 'ana {"idempotency_key": "k", "quantity": 2}'));
select is((select string_agg(coalesce(code, outcome), ', ' order by number) from answers), 'reserved, reserved, reserved, RS310', 'a key is its owner''s');
select is((select to_jsonb(a) - 'number' from answers a where number = 3), (select to_jsonb(a) - 'number' from answers a where number = 1), 'the same answer');
select is(tests.holders('disc'), 'ana 1, ben 1', 'and one reservation');
select is((select to_jsonb(r) from apartado.reserve('ana', apartado.item_id('disc'), p_idempotency_key => 'k') r),
          (select to_jsonb(a) - '{number,code,title,detail,hint,field}'::text[] from answers a where number = 1), 'reserve knows it');
create temporary table alone as select * from apartado.reserve('cai', apartado.item_id('disc'), 2, p_idempotency_key => 'x');
select results_eq($$select r.reservation_id, r.version
                      from apartado.reserve_together(tests.requests('disc', 'ben', 'cai {"quantity": 2, "idempotency_key": "x"}')) r
                     where r.number = 2$$, $$select reservation_id, version from alone$$, 'and the other way round');
select tests.commits();
