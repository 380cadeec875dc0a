select plan(10);
select tests.members('ana', 'ben'), tests.operator('olga');
select from apartado.link_identity('ana', 'i', 's');
select tests.refuses(format('select * from apartado.unlink_identity(''olga'', %L, %L, %L, ''r'')', alias, issuer, subject), code, field, name)
  from (values
    ('ben', 'i', 's', 'RS312/not_linked', 'subject', 'a link of somebody else'),
    ('ana', 'j', 's', 'RS312/not_linked', 'subject', 'another issuer'),
    ('ana', 'i', 'S', 'RS312/not_linked', 'subject', 'other letters'),
    ('zoe', 'i', 's', 'RS103', 'alias', 'nobody'),
    ('ana', '', 's', 'RS205', 'issuer', 'no issuer'),
    ('ana', 'i', null, 'RS205', 'subject', 'no subject')) v (alias, issuer, subject, code, field, name);
select tests.refuses(format('select * from apartado.unlink_identity(''olga'', ''ana'', ''i'', ''s'', %L)', r), 'RS205', 'reason', 'no reason') from unnest(array[null, ' ']) r;
select tests.refuses($$select * from apartado.unlink_identity('ana', 'ana', 'i', 's', 'r')$$, 'RS602', 'actor', 'not even their own');
select throws_matching($$select * from apartado.unlink_identity('olga', 'ben', 'i', 's', 'r')$$, '^(?!.*ana)', 'it does not say whose it is');
