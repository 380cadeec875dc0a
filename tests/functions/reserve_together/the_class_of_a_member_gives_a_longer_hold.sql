select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 9);
select from apartado.set_policy(null, 'class', '{"hold": "200 hours"}', p_class => 'regular', p_reason => 'loyal');
select from apartado.set_member_class(null, 'ana', 'regular', 'loyal');
select results_eq($$
  select r.number, r.code, r.expires_at - apartado.clock()
    from apartado.reserve_together(tests.requests('disc', 'ben', 'ana', 'cai {"ttl": "199 hours"}')) r order by r.number$$,
  $$values (1, null, interval '168 hours'), (2, null, interval '200 hours'), (3, 'RS203', null)$$, 'each has the hold of their own');
