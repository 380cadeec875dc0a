select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga');
select from apartado.link_identity('ana', 'https://login.example', 's-1');
select from apartado._number_events(1000);
select tests.acts('olga');
select from apartado.unlink_identity('olga', 'ana', 'https://login.example', 's-1', 'their account there is closed');
select tests.acts('');
select from apartado._number_events(1000);
select results_eq($$select kind, data - 'at' from apartado.list_events('ana', 0) where kind ~ 'linked'$$, $$values
  ('member.linked', '{"issuer": "https://login.example"}'::jsonb),
  ('member.unlinked', '{"issuer": "https://login.example", "reason": "their account there is closed"}')$$, 'the member reads it');
select is_empty($$select * from apartado.list_events('ben', 0) where kind ~ 'linked'$$, 'nobody else does');
select is((select concat_ws(' ', a.actor, a.member, a.details ->> 'reason') from apartado.search_audit('olga') a where a.kind = 'member.unlinked'), 'olga ana their account there is closed', 'operators see who did it');
