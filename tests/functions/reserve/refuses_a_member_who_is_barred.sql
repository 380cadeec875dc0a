select plan(2);
select tests.members('ana'), tests.item('disc');
update apartado.members set barred_at = apartado.clock() where alias = 'ana';
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$, 'RS604', 'member');
select tests.acts('ana', 'es');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$, 'RS604', 'member', 'and in Spanish');
