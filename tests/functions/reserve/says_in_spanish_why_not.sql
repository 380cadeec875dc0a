select plan(2);
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.acts('ben', 'es');
select throws_ok($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'RS301', 'No hay suficientes unidades disponibles.');
select tests.acts('ben', 'fr');
select throws_ok($$select * from apartado.reserve('ben', apartado.item_id('disc'))$$, 'RS301', 'There are not enough units available.',
                 'a language that is not spoken becomes English');
