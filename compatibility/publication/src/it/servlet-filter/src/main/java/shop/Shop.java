package shop;

import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletReftrail;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

class Shop extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        ServletReftrail.lead(request, response, Customer.of("kim"));
    }
}
