select plan(1);
select tests.members('ana', 'ben'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
select results_eq($$select alias from apartado.list_holders(null, apartado.item_id('disc'))$$, $$values ('ben')$$, 'though the deadline is to come');
