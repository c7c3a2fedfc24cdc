# Example 2: Server2.py
from socket import *
s = socket()
                     # Create a socket object
host = gethostname() # Get local machine name
port = 12345
                     # Assign a port number
s.bind((host, port)) # Bind to the port
print ("Server host is ", host)
                     # Wait for client conx
s.listen(1)
while True:
     c, addr = s.accept() # conx to client
     print ('Got connection from', addr)
     c.send('Thank you for connecting')
     c.close()
                    # Close the connection
