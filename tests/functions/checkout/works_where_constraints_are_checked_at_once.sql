select plan(2);
select tests.members('ana', 'ben'), tests.item('disc', 3), tests.item('tape');
select apartado.add_to_cart('ana', apartado.item_id(s)) from unnest('{disc,tape}'::text[]) s;
set constraints all immediate;
select lives_ok($$select * from apartado.checkout('ana')$$);
set constraints all deferred;
select tests.commits();
