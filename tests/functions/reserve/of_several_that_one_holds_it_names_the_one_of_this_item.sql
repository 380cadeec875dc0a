select plan(1);
select tests.members('ana'), tests.item('disc', 2), tests.item('lp');
select tests.held('disc', 'ana'), tests.held('lp', 'ana');
select alike(tests.detail_of($$select * from apartado.reserve('ana', apartado.item_id('disc'))$$), '%reservation_id: ' || tests.reservation('ana', 'disc') || '%', 'of two');
