select plan(2);
select tests.members('ana'), tests.item('disc');
select apartado._number_events();
select tests.held('disc', 'ana');
create temporary table answer as select * from apartado.get_snapshot(null);
select is(statuses -> 0 ->> 'status', 'reserved_by_others', 'the snapshot knows') from answer;
select apartado._number_events();
select is((select data ->> 'version' from apartado.list_events(null, (select pos from answer))), (select statuses -> 0 ->> 'version' from answer),
          'the stream brings it once more, with the same version');
