select plan(10);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.refuses(format('select * from apartado.reserve(''ana'', apartado.item_id(''disc''), p_ttl => %L)', t), 'RS203', 'ttl')
  from unnest('{0,-1 second,-7 days,168 hours 0.000001 seconds,8 days,1 year,178000000 years}'::interval[]) t;
select is((select expires_at from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '90 seconds')), '2030-01-01 12:01:30Z',
          'a shorter one is kept to the second');
select is((select expires_at from apartado.reserve('ben', apartado.item_id('disc'), p_ttl => '168 hours')), '2030-01-08 12:00Z',
          'and the policy''s own may be named');
select tests.commits();
