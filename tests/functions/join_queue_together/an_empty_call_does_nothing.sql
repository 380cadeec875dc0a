select plan(2);
select is_empty($$select * from apartado.join_queue_together('[]')$$, 'nobody asked');
select tests.commits();
