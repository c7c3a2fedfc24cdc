# Leila Haddad - devoir 3 : serveur web
import socket

PORT = 6789

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(('', PORT))
serveur.listen(1)
print('En attente sur le port', PORT)
client, adresse = serveur.accept()
serveur.close()
print('Connexion de', adresse)

requete = ''
while '\r\n\r\n' not in requete:
    morceau = client.recv(1024).decode()
    if not morceau:
        break
    requete += morceau
ligne = requete.split('\r\n')[0]
print(ligne)

methode, chemin, version = ligne.split(' ')
fichier = chemin[1:]
if fichier.endswith('.png'):
    genre = 'image/png'
else:
    genre = 'text/html'
try:
    if '/' in fichier:
        raise FileNotFoundError(fichier)
    contenu = open(fichier, 'rb').read()
    statut = '200 OK'
except FileNotFoundError:
    contenu = '<h1>404 Page non trouvée</h1>'.encode()
    statut = '404 Not Found'

client.send(f'HTTP/1.1 {statut}\r\nContent-Type: {genre}\r\n\r\n'.encode())
client.sendall(contenu)
client.close()
input('Terminé, appuyez sur Entrée')
