select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga');
select from unnest('{s-1,s-2}'::text[]) s cross join lateral apartado.link_identity('ana', 'https://login.example', s);
select from apartado.link_identity('ben', 'https://other.example', 's-1');
create temporary table came as select * from apartado.sign_in_with_identity('https://login.example', 's-1');
select tests.advance('1 hour');
select is((u.alias, u.issuer, u.subject, u.linked_at), ('ana'::text, 'https://login.example'::text, 's-1'::text, timestamptz '2030-01-01 12:00Z'), 'the link that there was')
  from apartado.unlink_identity('olga', ' ANA', 'https://login.example', 's-1', 'their account there is closed') u;
select results_eq('select issuer, subject from apartado.identities order by issuer, subject', $$values ('https://login.example', 's-2'), ('https://other.example', 's-1')$$, 'every other stays');
select tests.refuses($$select * from apartado.sign_in_with_identity('https://login.example', 's-1')$$, 'RS601/subject', 'subject', 'nobody signs in with it');
select is(a.alias, 'ana', 'who was signed in stays it') from came cross join lateral apartado.authenticate(came.token) a;
select tests.acts('');
select is((select l.alias from apartado.link_identity('ben', 'https://login.example', 's-1') l), 'ben', 'somebody else may link it');
select is((select u.alias from apartado.unlink_identity(null, 'ben', 'https://login.example', 's-1', 'r') u), 'ben', 'a database role takes it away, too');
select is((select l.alias from apartado.link_identity('ana', 'https://login.example', 's-1') l), 'ana', 'and the member may link it again');
select from apartado.bar_member(null, 'ana', 'resells');
select is((select u.alias from apartado.unlink_identity('olga', 'ana', 'https://login.example', 's-1', 'r') u), 'ana', 'also from somebody who is barred');
select tests.commits();
