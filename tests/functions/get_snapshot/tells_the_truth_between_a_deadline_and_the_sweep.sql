select plan(2);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
select tests.advance('168 hours');
select is((select concat_ws(' ', s ->> 'status', s ->> 'my_position', s ->> 'actions') from apartado.get_snapshot('ben'), jsonb_array_elements(statuses) s),
          'in_queue 1 ["reserve", "leave_queue", "suspend_entry"]', 'the head');
select is((select concat_ws(' ', s ->> 'status', s ->> 'my_reservation_id') from apartado.get_snapshot('ana'), jsonb_array_elements(statuses) s),
          'reserved_by_others', 'the old holder');
