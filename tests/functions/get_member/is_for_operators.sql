select plan(3);
select tests.members('ana', 'ben');
select tests.refuses($$select * from apartado.get_member('ana', 'ana')$$, 'RS602', 'actor', 'not even oneself');
select tests.refuses($$select * from apartado.get_member(null, 'nobody')$$, 'RS103', 'alias', 'no such member');
select tests.refuses($$select * from apartado.get_member(null, null)$$, 'RS103', 'alias', 'nobody was named');
