select plan(1);
select tests.members('ana', 'ben'), tests.item('disc', 1), tests.held('disc', 'ben');
update apartado.members set language = 'es' where alias = 'ana';
select results_eq($$
  select r.title, r.hint, r.field
    from apartado.join_queue_together(tests.requests('disc', 'ana {"quantity": 0}', 'ben', 'nobody {"language": "es"}')) r
   order by r.number$$, $$
  select m.message, m.hint, f.field
    from (values (1, 'RS202', 'es', 'quantity'), (2, 'RS302', 'en', 'item'), (3, 'RS601', 'es', 'token')) f (n, code, language, field)
    join apartado.messages m on m.code = f.code and m.language = f.language
   order by f.n$$, 'the words of join_queue itself');
