select plan(4);
select tests.members('ana');
select tests.refuses($$select * from apartado.validate_cart('ana')$$, 'RS105', 'location');
select tests.refuses($$select * from apartado.validate_cart('ana', 'moon')$$, 'RS104/unknown', 'location');
select tests.refuses($$select * from apartado.validate_cart(null, p_device => tests.device('phone'))$$, 'RS105', 'location');
select tests.refuses($$select * from apartado.validate_cart(null)$$, 'RS601/device', 'member');
