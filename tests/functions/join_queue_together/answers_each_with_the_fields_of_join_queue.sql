select plan(2);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 1), tests.held('disc', 'ana');
select tests.requests('disc', 'ben', 'cai');
select results_eq($$
  select k from (select to_jsonb(r) as answer from apartado.join_queue_together(tests.requests('disc', 'ben')) r) a cross join jsonb_object_keys(a.answer) k
   where k not in ('number', 'code', 'title', 'detail', 'hint', 'field') order by k$$, $$
  select k from (select to_jsonb(r) as answer from apartado.join_queue('cai', apartado.item_id('disc')) r) a cross join jsonb_object_keys(a.answer) k order by k$$,
  'beside number and refusal');
select tests.commits();
