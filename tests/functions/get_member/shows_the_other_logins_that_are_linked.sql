select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.operator('olga');
select from apartado.link_identity('ana', 'https://z.example', 's-1');
select tests.advance('1 hour');
select from apartado.link_identity('ana', 'https://a.example', 's-2');
select from apartado.link_identity('ben', 'https://a.example', 's-3');
select is(identities, '[{"issuer": "https://z.example", "subject": "s-1", "linked_at": "2030-01-01T12:00:00.000000Z"},
  {"issuer": "https://a.example", "subject": "s-2", "linked_at": "2030-01-01T13:00:00.000000Z"}]', 'hers, the first first') from apartado.get_member('olga', 'ana');
select from apartado.get_member(null, 'ana') g cross join lateral jsonb_to_recordset(g.identities) i (issuer text, subject text)
       cross join lateral apartado.unlink_identity(null, 'ana', i.issuer, i.subject, 'r');
select is(identities, '[]', 'what it shows is what unlink_identity takes') from apartado.get_member(null, 'ana');
select is(jsonb_array_length(identities), 1, 'of each their own') from apartado.get_member(null, 'ben');
