select plan(5);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1), tests.held('disc', 'cai');
create temporary table answers as
select * from apartado.join_queue_together(tests.requests('disc',
  'ana {"idempotency_key": "k"}', 'ben {"idempotency_key": "k"}', 'ana {"idempotency_key": "k"}', 'ana {"idempotency_key": "k", "quantity": 2}',
  'ben {"idempotency_key": ""}'));
select is((select string_agg(coalesce(code, "position"::text), ', ' order by number) from answers), '1, 2, 1, RS310, RS205', 'a key is its owner''s');
select is((select to_jsonb(a) - 'number' from answers a where number = 3), (select to_jsonb(a) - 'number' from answers a where number = 1), 'the same answer');
select is((select to_jsonb(r) from apartado.join_queue('ben', apartado.item_id('disc'), p_idempotency_key => 'k') r),
          (select to_jsonb(a) - '{number,code,title,detail,hint,field}'::text[] from answers a where number = 2), 'join_queue knows it');
select from apartado.leave_queue('ana', apartado.item_id('disc'));
select is(tests.joined_together('disc', 'ana {"idempotency_key": "k"}', 'cai'), '1 1, 2 RS302', 'the answer from then, though she left meanwhile');
select tests.commits();
