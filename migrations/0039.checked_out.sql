-- depends: 0038.who_was_moved
-- A cart tells what its checkouts set aside: its answers have another column now.

drop function if exists apartado.add_to_cart(text, bigint, integer, text, text, text);
drop function if exists apartado.get_cart(text, text, text, text);
drop function if exists apartado.clear_cart(text, text, text, text);
drop function if exists apartado.validate_cart(text, text, text, text);
drop function if exists apartado.remove_from_cart(text, bigint, text, text, text);
drop function if exists apartado.change_cart_line(text, bigint, integer, text, text, text);
drop function if exists apartado._cart_fields(jsonb);
drop function if exists apartado._checked_out_lines(apartado.carts, timestamptz);
