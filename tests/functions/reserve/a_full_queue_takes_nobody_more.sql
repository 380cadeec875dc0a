select plan(1);
select tests.members('ana', 'ben', 'cai'), tests.item('disc');
update apartado.policies set queue_limit = 1;
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.refuses($$select * from apartado.reserve('cai', apartado.item_id('disc'), p_if_unavailable => 'queue')$$, 'RS503', 'item');
