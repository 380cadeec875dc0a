select plan(6);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai');
select tests.item('needed'), tests.item('edition', 2, p_restock => false), tests.item('shrunk', 2, p_restock => false);

select tests.held('needed', 'ana');
select from apartado.join_queue('ben', apartado.item_id('needed'), p_needed_until => '2030-01-02 12:00Z');
select tests.waiting('needed', 'cai');
select tests.advance('24 hours');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'needed'));
select is(tests.holders('needed'), 'cai 1', 'who does not need it any more is passed');
select is((select concat_ws(' ', status, reason) from apartado.queue_entries where needed_until is not null), 'closed not_needed', 'and told so');

select tests.held('edition', 'ana');
select from apartado.join_queue('ben', apartado.item_id('edition'), 2);
select tests.waiting('edition', 'cai');
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'edition'));
select is(tests.holders('edition') || ' / ' || tests.line('edition'), 'cai 1 / nobody', 'who wants two of which one was sold is passed, where no more will come');
select is((select concat_ws(' ', status, reason) from apartado.queue_entries where quantity = 2), 'closed sold', 'and told so');

select tests.held('shrunk', 'ana');
select from apartado.join_queue('ben', apartado.item_id('shrunk'), 2);
select tests.waiting('shrunk', 'cai');
select from apartado.adjust_stock(null, apartado.item_id('shrunk'), -1, 'broken');
select is(tests.line('shrunk'), 'cai', 'the same when a unit is taken away');
select tests.commits();
