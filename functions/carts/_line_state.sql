-- _line_state: how an item stands for the owner of a cart line, in a word.
--
-- Gives   available (or only their own limits stand against it), unavailable, sold, upcoming, ended, not_for_sale or hidden;
--         null: they hold it or wait for it, and are told of that otherwise
-- Notes   p_code: the first code that stands against reserving it, as the answers about carts give it
create or replace function apartado._line_state(p_code text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case
           when p_code in ('RS302', 'RS303') then null
           when p_code = 'RS101' then 'hidden'
           when p_code = 'RS309' then 'not_for_sale'
           when p_code = 'RS307' then 'upcoming'
           when p_code = 'RS308' then 'ended'
           when p_code = 'RS305' then 'sold'
           when p_code in ('RS301', 'RS306') then 'unavailable'
           else 'available'
         end;
end;
$$;

comment on function apartado._line_state(text) is 'How an item stands for the owner of a cart line, in a word.';
