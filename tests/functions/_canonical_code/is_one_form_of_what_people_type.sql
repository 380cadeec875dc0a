select plan(4);
select is(apartado._canonical_code(' k7q2-9xmb '), 'K7Q29XMB', 'upper case, without blanks and hyphens');
select is(apartado._canonical_code('oOiIlL'), '001111', 'what looks the same is the same');
select is(apartado._canonical_code('Ｋ７'), 'K7', 'full-width characters');
select is(apartado._canonical_code(null), null, 'nothing');
