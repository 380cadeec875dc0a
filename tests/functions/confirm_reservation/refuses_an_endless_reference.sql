select plan(2);
select tests.members('ana'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.refuses($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_reference => repeat('r', 501))$$, 'RS205', 'reference', '501 characters');
select lives_ok($$select * from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'), p_reference => repeat('ñ', 500))$$, '500 are a reference');
