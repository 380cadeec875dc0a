select plan(1);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana');
select from apartado.link_identity('ana', 'https://login.example', 's-1');
select from apartado.link_identity('ana', 'https://login.example', 's-1');
select results_eq('select kind, member_id, data, at from apartado.events', $$
  select 'member.linked', member_id, '{"issuer": "https://login.example"}'::jsonb, timestamptz '2030-01-01 12:00Z' from apartado.members$$, 'once');
