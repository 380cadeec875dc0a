select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana')$$, 'RS311', 'quantity', 'ana''s time is over');
select is(buyer, 'ben', 'ben is the holder now') from apartado.mark_sold(null, apartado.item_id('disc'));
select tests.commits();
