select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana');
select from apartado.link_identity('ana', 'https://login.example', 's-1');
select tests.advance('1 hour');
select from apartado.anonymise(null, 'ana', 'asked us to');
select results_eq($$select data, at from apartado.events where kind = 'member.unlinked'$$, $$
  values ('{"issuer": "https://login.example", "reason": "asked us to"}'::jsonb, timestamptz '2030-01-01 13:00Z')$$, 'also where the name is taken out of everything');
select tests.commits();
